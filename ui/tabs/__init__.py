"""The tabs of the page, a module each: ``TAB`` names it and says how it is built."""
