// The cheapest program that the C library allows: measured to see what measuring costs.
int main() {
  return 0;
}
