using Bunit;
using Microsoft.AspNetCore.Components.Web;
using Plum.Data.Clients;
using Plum.Domain.Access;
using Plum.Portal.Clients;

namespace Plum.Tests.Shared;

public class PickerTests
{
    private ClientChoice? _picked;

    private async Task<(PlumScreen, IRenderedComponent<ClientPicker>)> ShowAsync(PlumDatabase plum)
    {
        await plum.HasClientAsync("ACME", "Acme Works");
        await plum.HasClientAsync("NORD", "Nordbank");
        var screen = PlumScreen.Of(plum, PlumDatabase.Agent, Role.Agent);
        var picker = screen.Render<ClientPicker>(p => p.Bind(c => c.Value, null, (ClientChoice? v) => _picked = v));
        return (screen, picker);
    }

    [Fact]
    public async Task It_finds_as_one_types_and_is_chosen_with_the_keyboard()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var (screen, picker) = await ShowAsync(plum);
        await using var _ = screen;

        await picker.Find("input").FocusAsync(new());
        Assert.Equal(["Acme Works ACME", "Nordbank NORD"], Offered(picker));
        await picker.Find("input").KeyDownAsync(new KeyboardEventArgs { Key = "ArrowDown" });
        Assert.Equal("true", picker.FindAll("[role=option]")[1].GetAttribute("aria-selected"));
        Assert.Equal(picker.FindAll("[role=option]")[1].Id, picker.Find("input").GetAttribute("aria-activedescendant"));

        await picker.Find("input").InputAsync("nor");
        Assert.Equal(["Nordbank NORD"], Offered(picker));
        await picker.Find("input").KeyDownAsync(new KeyboardEventArgs { Key = "Enter" });

        Assert.Equal(("NORD", "false"), (_picked!.Code, picker.Find("input").GetAttribute("aria-expanded")));
        Assert.Equal("Nordbank", picker.Find("input").GetAttribute("value"));
    }

    [Fact]
    public async Task Text_that_finds_nothing_says_so_and_is_no_choice()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var (screen, picker) = await ShowAsync(plum);
        await using var _ = screen;

        await picker.Find("input").InputAsync("zzz");
        Assert.Contains("Nothing is called that.", picker.Markup, StringComparison.Ordinal);
        await picker.Find("input").KeyDownAsync(new KeyboardEventArgs { Key = "Enter" });
        await picker.Find("input").BlurAsync(new());

        Assert.Null(_picked);
        Assert.Equal("", picker.Find("input").GetAttribute("value") ?? "");
    }

    [Fact]
    public async Task Escape_closes_the_list_and_clearing_takes_the_choice_away()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var (screen, picker) = await ShowAsync(plum);
        await using var _ = screen;

        await picker.Find("input").FocusAsync(new());
        await picker.Find("input").KeyDownAsync(new KeyboardEventArgs { Key = "Escape" });
        Assert.Empty(Offered(picker));
        await picker.Find("input").FocusAsync(new());
        await picker.FindAll("[role=option]")[0].MouseDownAsync(new());
        Assert.Equal("ACME", _picked!.Code);
        picker.Render(p => p.Add(c => c.Value, _picked));
        await picker.Find("button[aria-label='Clear Client']").ClickAsync(new());

        Assert.Null(_picked);
    }

    private static IEnumerable<string> Offered(IRenderedComponent<ClientPicker> picker) =>
        picker.FindAll("[role=option]").Select(o => string.Join(' ', o.Children.Select(c => c.TextContent)));
}
