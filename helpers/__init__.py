"""The reusable code of the series, one module a stage, in the order the data flows.

data -> tokenizer -> bpe -> corpus -> token_files -> dataset -> embedding; checks serves them
all, and figures, live and exercises stand beside them.
Import from the modules (`from helpers.tokenizer import tokenize`): this package itself
imports nothing, so a notebook waits only for what it uses.
"""
