using Plum.Domain.Home;

namespace Plum.Tests.Home;

public class SpikesTests
{
    private static Inflow Of(int now, int before) => new(Guid.NewGuid(), Guid.NewGuid(), now, before);

    [Theory]
    [InlineData(5, 0, true)] // new, and enough to be no chance
    [InlineData(4, 0, false)] // too few to say
    [InlineData(10, 40, true)] // twice the usual five
    [InlineData(9, 40, false)]
    [InlineData(100, 800, false)] // many, as always
    public void A_spike_is_at_least_five_and_twice_the_usual_week(int now, int before, bool spikes) =>
        Assert.Equal(spikes, Spikes.Among([Of(now, before)], 5).Count == 1);

    [Fact]
    public void The_least_likely_comes_first()
    {
        var (small, large, huge) = (Of(6, 8), Of(40, 80), Of(200, 720));

        Assert.Equal([huge, large], Spikes.Among([small, large, huge], 2));
    }
}
