"""The peers: other ways to the results of `helpers`, each written or called the plain way."""
