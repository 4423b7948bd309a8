using Plum.Domain.Orders;
using Plum.Portal.Shared;

namespace Plum.Tests.Shared;

public class ListAddressTests
{
    private enum By
    {
        Name,
        Placed,
    }

    [Fact]
    public void What_the_address_says_is_read()
    {
        var address = ListAddress.Read(
            "/orders?q=jane%20o&status=DeliveryFailed&brand=0199a3f0-0000-7000-8000-000000000001&from=2026-02-28&sort=-placed&page=3&active=no",
            "q",
            "status"
        );

        Assert.Equal(("jane o", OrderStatus.DeliveryFailed, 3), (address.Text("q"), address.Choice<OrderStatus>("status"), address.Page));
        Assert.Equal(Guid.Parse("0199a3f0-0000-7000-8000-000000000001"), address.Key("brand"));
        Assert.Equal(new DateOnly(2026, 2, 28), address.Day("from"));
        Assert.Equal((By.Placed, true), address.Sort(By.Name));
        Assert.False(address.Active);
        Assert.True(address.IsNarrowed);
    }

    [Theory]
    [InlineData("/orders")]
    [InlineData("/orders?status=nothing&brand=x&from=2026-02-30&sort=-nothing&page=-1&active=perhaps")]
    [InlineData("/orders?status=4&page=9999999999999999&from=28/02/2026&sort=1")]
    public void What_cannot_be_read_counts_as_not_given(string uri)
    {
        var address = ListAddress.Read(uri, "q");

        Assert.Equal(
            (null, null, null, 1),
            (address.Choice<OrderStatus>("status"), address.Key("brand"), address.Day("from"), address.Page)
        );
        Assert.Null(address.Active);
        Assert.False(address.IsNarrowed);
    }

    [Fact]
    public void Another_filter_or_order_goes_back_to_the_first_page_and_keeps_the_rest()
    {
        var address = ListAddress.Read("/orders?q=a&sort=name&page=3&tab=open", "q", "status");

        Assert.Equal("/orders?q=a&sort=name&status=Issued&tab=open", address.With("status", "Issued"));
        Assert.Equal("/orders?sort=name&tab=open", address.With("q", " "));
        Assert.Equal("/orders?q=a&sort=-placed&tab=open", address.SortedBy(By.Placed, descending: true));
        Assert.Equal("/orders?page=4&q=a&sort=name&tab=open", address.ToPage(4));
        Assert.Equal("/orders?q=a&sort=name&tab=open", address.ToPage(1));
        Assert.Equal("/orders?sort=name&tab=open", address.Cleared);
        Assert.Null(ListAddress.Read("/orders?sort=name", "q").Cleared);
    }

    [Fact]
    public void What_a_person_typed_is_escaped() =>
        Assert.Equal("/orders?q=50%25%20%26%20more", ListAddress.Read("https://plum.example/orders", "q").With("q", "50% & more"));
}
