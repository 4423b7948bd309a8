using Bunit;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Access;
using Plum.Data.Api;
using Plum.Domain.Access;
using Plum.Domain.Api;
using Plum.Portal.Api;
using Plum.Tests.Shared;

namespace Plum.Tests.Api;

public class ApiKeysPageTests
{
    [Fact]
    public async Task A_key_is_made_shown_once_rotated_and_revoked()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var client = await plum.HasClientAsync();
        var pia = PlumDatabase.As(await plum.HasAccountAsync("Pia Programme", Role.ProgrammeAdmin), Role.ProgrammeAdmin);
        await using var screen = PlumScreen.Of(plum, pia, Role.ProgrammeAdmin);
        var page = screen.Render<ApiKeysPage>();
        await page.WaitForAssertionAsync(() => Assert.Contains("There are no keys yet", page.Markup, StringComparison.Ordinal));

        await page.FindAll("button").First(b => b.TextContent.Trim() == "Make a key").ClickAsync();
        await page.Find("dialog form").SubmitAsync();
        await page.WaitForAssertionAsync(() => Assert.Contains("Name is missing.", page.Markup, StringComparison.Ordinal));
        Assert.Contains(ApiKeyRefusals.NoClient.Message, page.Markup, StringComparison.Ordinal);
        await page.Find("#field-Name").InputAsync("Payroll");
        await page.InvokeAsync(() =>
            page.FindComponent<Plum.Portal.Clients.ClientPicker>()
                .Instance.ValueChanged.InvokeAsync(new(client.Id, client.Code, client.Name))
        );
        await page.WaitForAssertionAsync(() =>
            Assert.Contains("Pia Programme", page.Find("#field-OwnerId").TextContent, StringComparison.Ordinal)
        );
        await page.Find("dialog form").SubmitAsync();

        await page.WaitForAssertionAsync(() => Assert.NotNull(page.Find("#api-secret").GetAttribute("value")));
        var first = page.Find("#api-secret").GetAttribute("value");
        Assert.NotNull((await plum.Get<ApiAccess>().OpenAsync(first, default)).Caller);
        await page.FindAll("button").Single(b => b.TextContent.Trim() == "I have it").ClickAsync();
        Assert.DoesNotContain(first!, page.Markup, StringComparison.Ordinal);

        await page.Find("[aria-label='Rotate Payroll']").ClickAsync();
        await page.Find("#field-Hours").ChangeAsync("0");
        await page.FindAll("dialog form")[^1].SubmitAsync();
        await page.WaitForAssertionAsync(() => Assert.NotEqual(first, page.Find("#api-secret").GetAttribute("value")));
        Assert.Null((await plum.Get<ApiAccess>().OpenAsync(first, default)).Caller);

        var asked = page.Find("[aria-label='Revoke Payroll']").ClickAsync();
        screen.Get<Plum.Portal.Shared.Confirmations>().Answer(yes: true);
        await asked;
        await page.WaitForAssertionAsync(() => Assert.Equal(["Payroll is revoked."], screen.Said));
        Assert.Empty(page.FindAll("[aria-label='Revoke Payroll']"));
        await using var db = plum.Peek();
        Assert.NotNull((await db.ApiKeys.SingleAsync()).RevokedAtUtc);
    }
}
