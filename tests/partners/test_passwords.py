"""Passwords are hashed so that guessing is dear and signing in is not."""

from partners.passwords import ModestArgon2


def test_a_password_is_hashed_with_the_parameters_that_were_measured() -> None:
    kept = ModestArgon2().encode("three calm grey herons", "a salt that is long enough")
    assert kept.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert ModestArgon2().verify("three calm grey herons", kept)
    assert not ModestArgon2().verify("three calm grey heron", kept)
