using Plum.Domain.Orders;
using Plum.Domain.Tickets;

namespace Plum.Tests.Shared;

public class ReferenceTests
{
    [Theory]
    [InlineData("PLM-8812", 8812)]
    [InlineData("  plm-8812 ", 8812)]
    [InlineData("PLM-0", null)]
    [InlineData("PLM--5", null)]
    [InlineData("PLM-99999999999999999999", null)]
    [InlineData("PLM-12a", null)]
    [InlineData("GFT-8812", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_ticket_reference_is_read_as_people_type_it(string? text, int? id) => Assert.Equal(id, TicketReference.Parse(text));

    [Fact]
    public void A_reference_reads_back_as_it_was_written()
    {
        Assert.Equal(long.MaxValue, TicketReference.Parse(TicketReference.Of(long.MaxValue)));
        Assert.Equal(10293, OrderReference.Parse(OrderReference.Of(10293)));
    }
}
