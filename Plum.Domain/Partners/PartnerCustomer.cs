using Plum.Domain.Shared;

namespace Plum.Domain.Partners;

/// <summary>
/// A customer of a partner institution, whom its own people grant goodwill. Belongs to the institution and to no client: a recipient, who belongs
/// to a client, is somebody else.
/// </summary>
public sealed class PartnerCustomer : IVersioned
{
    public const int NumberMaxLength = 64;
    public const int NameMaxLength = 300;
    public const int EmailMaxLength = 254;

    private PartnerCustomer() { } // EF Core

    public Guid Id { get; private init; }
    public Guid PartnerId { get; private init; }

    /// <summary>The institution's own number of the customer, unique within it.</summary>
    public string Number { get; private init; } = "";
    public string Name { get; private set; } = "";

    /// <summary>Lower case. Whoever signs in with it decides nothing for this customer.</summary>
    public string? Email { get; private set; }
    public DateTime AddedAtUtc { get; private init; }
    public int Version { get; private set; }

    public static PartnerCustomer Add(Guid partnerId, string number, string name, string? email, DateTime nowUtc)
    {
        RefusedException.ThrowIf(CustomerRefusals.ForNumber(number));

        var customer = new PartnerCustomer
        {
            PartnerId = partnerId,
            Number = number.Trim(),
            AddedAtUtc = nowUtc,
        };
        customer.Correct(name, email);
        return customer;
    }

    public void Correct(string name, string? email)
    {
        RefusedException.ThrowIf(CustomerRefusals.For(name, email));

        Name = name.Trim();
        Email = string.IsNullOrWhiteSpace(email) ? null : email.Trim().ToLowerInvariant();
    }
}

public static class CustomerRefusals
{
    public static readonly Refusal NumberTaken = new(
        "customer.number-taken",
        "Your institution has a customer of that number already. Look for them in the list.",
        "Number"
    );

    public static readonly Refusal NoFund = new("customer.no-fund", "Choose one of your institution's funds.", "Fund");

    public static Refusal? ForNumber(string? number) =>
        Refusals.ForText("Number", "Customer number", number, PartnerCustomer.NumberMaxLength);

    public static Refusal? For(string? name, string? email) => Each(name, email).FirstOrDefault();

    /// <summary>All that is wrong, one refusal a field, in the order of the form.</summary>
    public static IEnumerable<Refusal> Each(string? name, string? email) =>
        new[]
        {
            Refusals.ForText("Name", name, PartnerCustomer.NameMaxLength),
            Refusals.ForEmail("Email", "E-mail", email, PartnerCustomer.EmailMaxLength, required: false),
        }.OfType<Refusal>();
}
