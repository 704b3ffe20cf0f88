"""How the suite is packed and run elsewhere: images, one machine, a cluster; and the checks of that."""
