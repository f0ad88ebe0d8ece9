"""Where profiles are made and mended: proposing one from a page, and checking them on saved pages.

saved       pages kept in folders: written, and read again
check       do the selectors of profiles still find what they should
selectors   an element -> the XPath that finds it again
addresses   an article's address -> the pattern of all of them
propose     a page -> what each source says, and a profile
write       a proposal -> TOML and fixture
"""
