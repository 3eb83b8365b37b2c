"""The second step of signing in, which the admin asks for: an authenticator app with recovery codes, or a passkey.

A passkey is also a first step, for everyone who wants one. By allauth.mfa; pages, limits and rules are ours.
"""
