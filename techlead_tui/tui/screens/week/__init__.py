"""Show the week: state, transitions and the screen that paints them."""
