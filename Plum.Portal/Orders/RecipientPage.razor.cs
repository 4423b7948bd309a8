using System.Globalization;
using Microsoft.AspNetCore.Components;
using Plum.Data.Orders;
using Plum.Domain.Orders;
using Plum.Portal.Shared;

namespace Plum.Portal.Orders;

public partial class RecipientPage
{
    private readonly RecipientService _recipients;
    private readonly Viewer _viewer;
    private readonly Toasts _toasts;
    private readonly FormDrafts _drafts;
    private readonly FormDrafts _stops;
    private readonly Loadable<RecipientView?> _recipient = new();

    public RecipientPage(RecipientService recipients, Viewer viewer, Toasts toasts)
    {
        (_recipients, _viewer, _toasts) = (recipients, viewer, toasts);
        _drafts = new FormDrafts(
            new FormField("Name", "Name"),
            new FormField("Email", "E-mail"),
            new FormField("Phone", "Phone"),
            new FormField("EmployeeNumber", "Employee number"),
            new FormField("Country", "Country")
        )
        {
            Changed = StateHasChanged,
        };
        _stops = new FormDrafts(new FormField("IsOptedOut", "Opted out"), new FormField("LeftOn", "Left on")) { Changed = StateHasChanged };
    }

    [Parameter]
    public long Id { get; set; }

    protected override Task OnAddressAsync() => LoadAsync(_recipient, ct => _recipients.ViewAsync(Id, By, ct));

    private void Edit() => _drafts.Open(OrderWords.Recipient(Id), Values(_recipient.Value!), _recipient.Value!.Version);

    private static Dictionary<string, string> Values(RecipientView recipient) =>
        new()
        {
            ["Name"] = recipient.Name,
            ["Email"] = recipient.Email ?? "",
            ["Phone"] = recipient.Phone ?? "",
            ["EmployeeNumber"] = recipient.EmployeeNumber ?? "",
            ["Country"] = recipient.Country ?? "",
        };

    private async Task SaveAsync()
    {
        var draft = _drafts.Current!;
        var command = new CorrectRecipient(
            Id,
            draft.Version,
            draft["Name"],
            draft["Email"],
            draft["Phone"],
            draft["EmployeeNumber"],
            draft["Country"]
        );
        if (!draft.Accepts(RecipientRefusals.Each(command.Name, command.Email, command.Phone, command.EmployeeNumber, command.Country)))
        {
            return;
        }

        var outcome = await _recipients.CorrectAsync(command, By, CancellationToken.None);
        if (await draft.SettleAsync(outcome, TheirsAsync))
        {
            _toasts.Done("The details are saved.");
            _drafts.Done();
            await OnAddressAsync();
        }
    }

    private void Stop() => _stops.Open($"{OrderWords.Recipient(Id)}/stop", Stopped(_recipient.Value!), _recipient.Value!.Version);

    private static Dictionary<string, string> Stopped(RecipientView recipient) =>
        new()
        {
            ["IsOptedOut"] = FormWords.Of(recipient.OptedOutAtUtc is not null),
            ["LeftOn"] = recipient.LeftOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
        };

    private async Task SaveStopAsync()
    {
        var draft = _stops.Current!;
        DateOnly? left = DateOnly.TryParseExact(
            draft["LeftOn"],
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        )
            ? day
            : null;
        var command = new StopRecipient(Id, draft.Version, FormWords.IsYes(draft["IsOptedOut"]), left);
        var outcome = await _recipients.StopAsync(command, By, CancellationToken.None);
        if (
            await draft.SettleAsync(
                outcome,
                async () =>
                {
                    await OnAddressAsync();
                    return _recipient.Value is { } now ? (Stopped(now), now.Version) : null;
                }
            )
        )
        {
            _toasts.Done("Saved.");
            _stops.Done();
            await OnAddressAsync();
        }
    }

    private async Task<(IReadOnlyDictionary<string, string> Values, int Version)?> TheirsAsync()
    {
        await OnAddressAsync();
        return _recipient.Value is { } now ? (Values(now), now.Version) : null;
    }
}
