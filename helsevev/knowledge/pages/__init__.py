"""Pages of the knowledge bank (sider): what the network knows, written and published by those who know it."""
