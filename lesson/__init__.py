"""What the notebooks show and ask: figures, live pictures and exercises.

It imports `helpers`; `helpers` never imports it.
"""
