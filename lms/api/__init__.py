"""The machine interface for partners: what a certificate is worth, asked with a token.

Owns: tokens, of which only a hash is kept, and what each may ask where. May import everything below it.
Offers: `/api/v1/` with its OpenAPI document, and the administrator's list of tokens. An address never changes its
meaning: what would break a partner's program gets a new version.
"""
