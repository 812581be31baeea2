"""Deliberate changes that no test notices, each with the reason why that is right: (mutmut's name, words of the
changed line, reason). A survivor that is not here breaks the proof's promise."""

LOOKS = "How the key file looks to the eye; it is read back as the same keys."
SAME = "The same thing in other words: "

EXPLAINED: tuple[tuple[str, str, str], ...] = (
    (
        "casework.permissions.x_acts_now__*",
        "if not may(user,",
        SAME + "every act that is not the lead's alone has the same answer.",
    ),
    (
        "scope.policies.x_protect__*",
        "DROP POLICY",
        SAME + "PostgreSQL folds names that are not quoted to lower case.",
    ),
    ("vault.keyfile.x__rewrite__*", "json.dumps(content", LOOKS),
    ("vault.keys.x_write_new_key_file__*", "json.dump(", LOOKS),
    (
        "vault.keyfile.x__rewrite__*",
        "token_hex",
        "Any name that nobody else takes meanwhile; the file is renamed at once.",
    ),
    ("vault.keys.x_new_entry__*", "token_bytes(None)", SAME + "without a number it is 32 bytes."),
    ("vault.keys.x_new_entry__*", "token_hex", "An id that is not taken; how long it is decides nothing."),
    (
        "vault.keyfile.x__write_for__*",
        "facts.st_",
        "Only root can give the new file to another owner, and the tests don't run as root everywhere.",
    ),
    (
        "vault.keys.xǁWatchedKeyringǁ__init__*",
        "self._",
        "Never read before the first look at the file, which sets it.",
    ),
    (
        "vault.keys.xǁWatchedKeyringǁby_id__*",
        "by_id(None)",
        "The same key, found by the second look, which asks for the right one: slower and no different.",
    ),
    ("vault.keys.xǁWatchedKeyringǁby_id__*", "self._look_at = 1.0", SAME + "the clock is always past it."),
    (
        "vault.models.xǁDataKeyǁcreate__*",
        "force_insert=False",
        SAME + "Django inserts a row whose id is new.",
    ),
    (
        "vault.models.xǁDataKeyǁ_take_secret__*",
        "self._secret = None",
        "The secret is unwrapped again when it is asked for: slower and no different.",
    ),
)
