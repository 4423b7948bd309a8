using Plum.Portal.Shared;

namespace Plum.Tests.Shared;

public sealed class PrerenderedValuesTests
{
    [Fact]
    public void What_was_put_by_is_taken_once_and_by_its_ticket_alone()
    {
        using var values = new PrerenderedValues();
        var (mine, other) = (values.Put("mine"), values.Put("other"));

        Assert.Null(values.Take(Guid.NewGuid()));
        Assert.Equal("mine", values.Take(mine));
        Assert.Null(values.Take(mine));
        Assert.Equal("other", values.Take(other));
    }
}
