using System.Globalization;
using Plum.Data.Search;
using Plum.Domain.Search;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Portal.Shared;

namespace Plum.Portal.Search;

/// <summary>A line of the search's list.</summary>
public sealed record SearchOption(string Title, string Detail, string Icon, string Href);

public sealed record SearchGroup(string Label, IReadOnlyList<SearchOption> Options);

/// <summary>What was found, as lines that lead somewhere, in the order of how exact they are.</summary>
public static class SearchOptions
{
    public static IReadOnlyList<SearchGroup> Of(SearchTerm term, SearchResult found, Actor by, Viewer viewer)
    {
        var groups = new List<SearchGroup>
        {
            new("Tickets", [.. found.Tickets.Select(Ticket)]),
            new("Orders", [.. found.Orders.Select(order => Order(order, viewer))]),
            new("Recipients", [.. found.Recipients.Select(Recipient)]),
            new("Clients", [.. found.Clients.Select(Client)]),
            new("Pages", [.. Pages(term, by)]),
        };
        if (by.May(Domain.Access.Act.ReadTickets) && term.Text.Length >= SearchTerm.MinLength)
        {
            groups.Add(
                new(
                    "Elsewhere",
                    [
                        new(
                            $"Tickets that say “{term.Text}”",
                            "in subject or messages",
                            "search",
                            $"/tickets?q={Uri.EscapeDataString(term.Text)}"
                        ),
                    ]
                )
            );
        }

        return [.. groups.Where(g => g.Options.Count > 0)];
    }

    public static IEnumerable<SearchOption> Pages(SearchTerm term, Actor by) =>
        Navigation
            .For(by.Acts)
            .SelectMany(g => g.Places)
            .Where(p => term.Text.Length >= SearchTerm.MinLength && p.Label.Contains(term.Text, StringComparison.OrdinalIgnoreCase))
            .Take(SearchService.MostPerGroup)
            .Select(p => new SearchOption(p.Label, "page", p.Icon, p.Href));

    private static SearchOption Ticket(TicketHit hit) =>
        new(
            $"{hit.Reference} {hit.Subject}",
            Joined(hit.Disposition, hit.Recipient, hit.ClientCode),
            hit.Stage == Stage.Final ? "good" : "ticket",
            $"/tickets/{hit.Reference}"
        );

    private static SearchOption Order(OrderHit hit, Viewer viewer) =>
        new(
            $"{hit.Reference} {hit.Reward}, {viewer.Money(hit.Value)}",
            Joined(hit.VoucherLast4 is null ? null : $"voucher ****-{hit.VoucherLast4}", hit.Recipient, hit.ClientCode),
            "order",
            $"/orders/{hit.Reference}"
        );

    private static SearchOption Recipient(RecipientHit hit) =>
        new(
            hit.Name,
            Joined(hit.Email, hit.Phone, hit.ClientCode, hit.OpenTickets == 0 ? null : $"{hit.OpenTickets} open"),
            "recipient",
            string.Create(CultureInfo.InvariantCulture, $"/recipients/{hit.Id}")
        );

    private static SearchOption Client(ClientHit hit) =>
        new(hit.Name, Joined(hit.Code, hit.IsActive ? null : "no longer served"), "client", $"/clients/{hit.Code}");

    private static string Joined(params string?[] parts) => string.Join(" · ", parts.Where(p => !string.IsNullOrWhiteSpace(p)));
}
