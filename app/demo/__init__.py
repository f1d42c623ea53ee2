"""`tablebanking demo`: groups, people and a year of history, made by the real services.

Everything in it is invented: names are put together by chance, faces and cards are drawn.
"""
