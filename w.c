int main(int c,char**v){ unsigned long state = c; for (unsigned long turn = 0; turn < 20 * 400000UL; ++turn) { state ^= state << 13; state ^= state >> 7; state ^= state << 17; } return state == 0; }
