int main(int c,char**v){ unsigned long state = c; for (unsigned long turn = 0; turn < 20 * 400000UL; ++turn) state = state * 6364136223846793005UL + 1; return state == 0; }
