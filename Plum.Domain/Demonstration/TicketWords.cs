using System.Globalization;
using System.Text;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Domain.Demonstration;

/// <summary>Finds the words of one ticket and fills them in.</summary>
internal sealed class TicketWords(PlannedTicket ticket, Dice dice, DateTime nowUtc)
{
    private readonly bool _isForeign =
        ticket.Client.Language is not null
        && ticket.Order is not null
        && ticket.Category.Trouble is Trouble.NotReceived or Trouble.CodeInvalid or Trouble.DeclinedAtTill
        && ticket.Client.Language is not null
        && dice.Chance(420);

    private readonly CultureInfo _english = CultureInfo.InvariantCulture;

    public (string Subject, string Body) Opening()
    {
        var trouble = ticket.Category.Trouble;
        string[] subjects,
            bodies;
        if (_isForeign)
        {
            var (lostSubjects, lost, failedSubjects, failed) = Phrases.Foreign[ticket.Client.Language!];
            (subjects, bodies) = trouble == Trouble.NotReceived ? (lostSubjects, lost) : (failedSubjects, failed);
        }
        else
        {
            (subjects, bodies) = Phrases.English[trouble];
        }

        var subject = Fill(dice.Pick(subjects), null);
        return (subject.Length > Ticket.SubjectMaxLength ? subject[..Ticket.SubjectMaxLength] : subject, Fill(dice.Pick(bodies), null));
    }

    public string Say(string[] phrases, PlannedPerson? agent = null) => Fill(dice.Pick(phrases), agent);

    public string Fill(string template, PlannedPerson? agent)
    {
        var text = new StringBuilder(template.Length + 64);
        for (var i = 0; i < template.Length; i++)
        {
            var end = template[i] == '{' ? template.IndexOf('}', i) : -1;
            if (end < 0)
            {
                text.Append(template[i]);
                continue;
            }

            text.Append(Value(template.AsSpan(i + 1, end - i - 1), agent));
            i = end;
            if (text[^1] == '.' && template.AsSpan(i + 1).StartsWith('.'))
            {
                i++; // "Banco Brasa S.A." ends the sentence by itself
            }
        }

        return text.ToString();
    }

    private string Value(ReadOnlySpan<char> name, PlannedPerson? agent) =>
        name switch
        {
            "brand" => ticket.Order?.Reward.Brand.Name ?? ticket.Programme?.Name ?? ticket.Client.Name,
            "reward" => ticket.Order?.Reward.Name ?? "my reward",
            "value" => ticket.Order is { } o ? new Money(o.Value, o.Reward.Currency).ToString() : $"{ticket.Client.Currency} 50",
            "order" => ticket.Order is { } o ? Orders.OrderReference.Of(o.Id) : "of last month",
            "last4" => ticket.Order?.VoucherCode?[^4..] ?? "7731",
            "name" => ticket.Recipient?.Name ?? "customer",
            "first" => ticket.Recipient?.FirstName ?? "customer",
            "date" => (ticket.Order?.PlacedAtUtc ?? ticket.CreatedAtUtc.AddDays(-6)).ToString(
                _isForeign ? "dd.MM.yyyy" : "d MMMM",
                _english
            ),
            "client" => ticket.Client.Name,
            "programme" => ticket.Programme?.Name ?? ticket.Client.Name,
            "supplier" => ticket.Order?.Reward.Supplier.Name ?? "the supplier",
            "agent" => agent?.Name.Split(' ')[0] ?? "all",
            _ => throw new FormatException($"No such placeholder as {name} at {nowUtc:O}."),
        };
}
