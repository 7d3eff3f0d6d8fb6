/* The cheapest program there is: what a process costs, measured in every run. */
int main(void)
{
    return 0;
}
