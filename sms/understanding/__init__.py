"""What somebody wrote in their own words: what for, which help, how soon, where, when, and in which
language. A small model that was taught with texts, beside word lists and grammars that people can
read and change."""
