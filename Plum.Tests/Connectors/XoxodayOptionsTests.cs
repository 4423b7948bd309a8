using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Plum.Data.Connectors;
using Plum.Data.Shared;
using Plum.Domain.Connectors;
using Plum.Portal.Connectors;
using Plum.Tests.Shared;

namespace Plum.Tests.Connectors;

public class XoxodayOptionsTests
{
    [Fact]
    public void It_is_off_until_it_is_configured() => Assert.Null(XoxodayOptions.Of(Settings()));

    [Fact]
    public void Its_settings_are_read()
    {
        var options = XoxodayOptions.Of(
            Settings(
                ("Connectors:Xoxoday:Url", "https://accounts.example/chef/v1/oauth/api"),
                ("Connectors:Xoxoday:Token", " the-token "),
                ("Connectors:Xoxoday:WebhookKey", "a-key-of-some-length"),
                ("Connectors:Xoxoday:TimeoutSeconds", "5"),
                ($"Connectors:Xoxoday:Products:{Xoxoday.Reward}", "7002")
            )
        );

        Assert.Equal(
            ("https://accounts.example/chef/v1/oauth/api", "the-token", "a-key-of-some-length", 120d, 5d),
            (options!.Url.ToString(), options.Token, options.WebhookKey, options.PlaceTimeout.TotalSeconds, options.Timeout.TotalSeconds)
        );
        Assert.Equal([KeyValuePair.Create(Xoxoday.Reward, 7002L)], options.Products);
    }

    [Theory]
    [InlineData("Connectors:Xoxoday:Url", "http://accounts.example/api")]
    [InlineData("Connectors:Xoxoday:Url", "somewhere")]
    [InlineData("Connectors:Xoxoday:Url", "")]
    [InlineData("Connectors:Xoxoday:Token", "")]
    [InlineData("Connectors:Xoxoday:Token", "two words")]
    [InlineData("Connectors:Xoxoday:WebhookKey", "short")]
    [InlineData("Connectors:Xoxoday:TimeoutSeconds", "0")]
    [InlineData("Connectors:Xoxoday:PlaceTimeoutSeconds", "soon")]
    [InlineData("Connectors:Xoxoday:Products:CARD", "7002")]
    [InlineData("Connectors:Xoxoday:Products:0198c0de-0000-7000-8000-000000000001", "card")]
    public void A_setting_that_cannot_be_used_stops_the_start_and_is_named(string key, string value)
    {
        var fault = Assert.Throws<InvalidOperationException>(() =>
            XoxodayOptions.Of(
                Settings(
                    ("Connectors:Xoxoday:Url", "https://accounts.example/api"),
                    ("Connectors:Xoxoday:Token", "the-token"),
                    (key, value)
                )
            )
        );

        Assert.Contains(key, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("two words", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_supplier_is_served_by_the_sandbox_until_configuration_names_another()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await using var services = Portal(
            plum,
            ("Connectors:Xoxoday:Url", "https://accounts.example/api"),
            ("Connectors:Xoxoday:Token", "the-token"),
            ("Connectors:Suppliers:GIFTCO", "xoxoday")
        );
        var gateways = services.GetRequiredService<SupplierGateways>();

        Assert.Equal(
            ("Xoxoday", "Xoxoday", "Sandbox"),
            (gateways.Of("GIFTCO").Name, gateways.Of("giftco").Name, gateways.Of("OTHER").Name)
        );
        Assert.Equal(["GIFTCO"], gateways.SuppliersOf("Xoxoday"));
        await using var usual = Portal(plum);
        Assert.IsType<SandboxGateway>(usual.GetRequiredService<SupplierGateways>().Of("GIFTCO"));
    }

    [Fact]
    public async Task A_supplier_that_is_given_to_a_gateway_which_is_not_there_stops_the_start()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await using var services = Portal(plum, ("Connectors:Suppliers:GIFTCO", "Xoxoday"));

        var fault = Assert.Throws<InvalidOperationException>(() => services.GetRequiredService<SupplierGateways>());

        Assert.Contains("Connectors:Suppliers:GIFTCO is 'Xoxoday'", fault.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Portal(PlumDatabase plum, params (string, string)[] settings) =>
        new ServiceCollection()
            .AddLogging()
            .AddDataProtection()
            .Services.AddSingleton<TimeProvider>(plum.Clock)
            .AddPlumData(plum.Options)
            .AddPlumConnectors(Settings(settings))
            .BuildServiceProvider();

    private static IConfiguration Settings(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(
                settings.GroupBy(s => s.Key).ToDictionary(s => s.Key, s => (string?)s.Last().Value, StringComparer.OrdinalIgnoreCase)
            )
            .Build();
}
