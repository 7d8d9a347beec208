"""The reusable code of the series, one module a stage, in the order the data flows.

data -> tokenizer (whole words) or bpe (subwords) -> token_files -> dataset -> embedding
Import from the modules (`from helpers.tokenizer import tokenize`): this package itself
imports nothing, so a notebook waits only for what it uses.
"""
