needs_order() { true; }
