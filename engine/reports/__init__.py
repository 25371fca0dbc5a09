"""Pages for people: HTML reports and the charts and pictures in them."""
