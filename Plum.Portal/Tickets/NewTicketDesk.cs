using Plum.Data.Clients;
using Plum.Data.Orders;
using Plum.Data.Tickets;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Portal.Shared;

namespace Plum.Portal.Tickets;

/// <summary>What the form of a new ticket reads: where one comes from, what there is to choose, and what was chosen before.</summary>
public sealed class NewTicketDesk(
    TicketForms forms,
    ClientService clients,
    ProgrammeService programmes,
    RecipientService recipients,
    OrderService orders,
    TicketSheets sheets
)
{
    public const string Path = "/tickets/new";

    /// <summary>What stands in the address before anything is typed: an order, a recipient, or the ticket that this one follows.</summary>
    /// <returns>The fields that it fills, as they stand in the form.</returns>
    public async Task<NewTicketStart> StartAsync(ListAddress address, Actor by, CancellationToken ct)
    {
        var values = new Dictionary<string, string> { ["Channel"] = nameof(IntakeChannel.Phone) };
        if (address.Text("order") is { } order)
        {
            var known = OrderReference.Parse(order) is { } id ? await orders.ChoiceAsync(id, by, ct) : null;
            return known is null
                ? new NewTicketStart(values, Unknown: $"order {order}")
                : new NewTicketStart(
                    With(
                        values,
                        ("Client", known.ClientCode),
                        ("Order", known.Reference),
                        ("Recipient", FormWords.Of(known.RecipientId)),
                        ("Programme", known.ProgrammeId.ToString())
                    ),
                    $"order:{known.Reference}"
                );
        }

        if (address.Text("recipient") is { } recipient)
        {
            var known = address.Number("recipient") is { } id ? await recipients.ChoiceAsync(id, by, ct) : null;
            return known is null
                ? new NewTicketStart(values, Unknown: "such recipient")
                : new NewTicketStart(
                    With(values, ("Client", known.ClientCode), ("Recipient", FormWords.Of(known.Id))),
                    $"recipient:{FormWords.Of(known.Id)}"
                );
        }

        if (address.Text("follows") is { } follows)
        {
            var before = TicketReference.Parse(follows) is { } id ? await sheets.GetAsync(id, by, ct) : null;
            return before is null
                ? new NewTicketStart(values, Unknown: $"ticket {follows}")
                : new NewTicketStart(
                    With(
                        values,
                        ("Client", before.Place.ClientCode),
                        ("Programme", before.Place.ProgrammeId?.ToString() ?? ""),
                        ("Recipient", before.Recipient is { } r ? FormWords.Of(r.Id) : ""),
                        ("Order", before.Order?.Reference ?? ""),
                        ("Category", before.Place.CategoryId.ToString()),
                        ("Subject", before.Subject)
                    ),
                    $"follows:{before.Reference}",
                    before.Id
                );
        }

        var only = by.ClientId is null ? [] : await clients.FindAsync("", 1, by, ct); // whoever belongs to a client has no choice
        return new NewTicketStart(only.Count == 1 ? With(values, ("Client", only[0].Code)) : values);
    }

    public Task<IReadOnlyList<CategoryChoice>> CategoriesAsync(Actor by, CancellationToken ct) => forms.CategoriesAsync(by, ct);

    public async Task<IReadOnlyList<ProgrammeOption>> ProgrammesAsync(ClientChoice? client, Actor by, CancellationToken ct) =>
        client is null ? [] : await forms.ProgrammesAsync(client.Id, by, ct);

    public async Task<ClientChoice?> ClientAsync(string code, Actor by, CancellationToken ct) =>
        code.Length == 0 ? null : await clients.ChoiceAsync(code, by, ct);

    public async Task<ProgrammeChoice?> ProgrammeAsync(Guid? id, Actor by, CancellationToken ct) =>
        id is { } programme ? await programmes.ChoiceAsync(programme, by, ct) : null;

    public async Task<RecipientChoice?> RecipientAsync(long? id, Actor by, CancellationToken ct) =>
        id is { } recipient ? await recipients.ChoiceAsync(recipient, by, ct) : null;

    public async Task<OrderChoice?> OrderAsync(string reference, Actor by, CancellationToken ct) =>
        OrderReference.Parse(reference) is { } id ? await orders.ChoiceAsync(id, by, ct) : null;

    private static Dictionary<string, string> With(Dictionary<string, string> values, params IEnumerable<(string Field, string Text)> more)
    {
        foreach (var (field, text) in more)
        {
            values[field] = text;
        }

        return values;
    }
}

/// <param name="Place">Tells the drafts of forms that were begun from different places apart.</param>
/// <param name="Unknown">What the address names and is not there, as it completes "There is no ...".</param>
public sealed record NewTicketStart(
    IReadOnlyDictionary<string, string> Values,
    string Place = "plain",
    long? FollowsId = null,
    string? Unknown = null
);
