using Plum.Domain.Shared;

namespace Plum.Domain.Orders;

/// <summary>The person rewarded. Belongs to one client.</summary>
public sealed class Recipient : IVersioned
{
    public const int NameMaxLength = 300;
    public const int EmailMaxLength = 254;
    public const int PhoneMaxLength = 20;
    public const int EmployeeNumberMaxLength = 64;

    private Recipient() { } // EF Core

    public long Id { get; private init; }
    public Guid ClientId { get; private init; }
    public string Name { get; private set; } = "";

    /// <summary>Lower case, so that a look-up needs no function.</summary>
    public string? Email { get; private set; }

    /// <summary>E.164: a plus and digits.</summary>
    public string? Phone { get; private set; }
    public string? EmployeeNumber { get; private set; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? Country { get; private set; }

    /// <summary>Since when the person wants no rewards or messages; null when they do.</summary>
    public DateTime? OptedOutAtUtc { get; private set; }

    /// <summary>The last day with the client; new rewards are not sent to those who left.</summary>
    public DateOnly? LeftOn { get; private set; }

    /// <summary>The import that made this recipient; undoing it takes it away again.</summary>
    public Guid? ImportId { get; private init; }
    public int Version { get; private set; }

    public static Recipient Enrol(
        long id,
        Guid clientId,
        string name,
        string? email,
        string? phone,
        string? employeeNumber,
        string? country
    )
    {
        var recipient = new Recipient { Id = id, ClientId = clientId };
        recipient.Correct(name, email, phone, employeeNumber, country);
        return recipient;
    }

    /// <summary>Whether and since when the person may be sent nothing.</summary>
    public void Stop(DateTime? optedOutAtUtc, DateOnly? leftOn) => (OptedOutAtUtc, LeftOn) = (optedOutAtUtc, leftOn);

    public void Correct(string name, string? email, string? phone, string? employeeNumber, string? country)
    {
        RefusedException.ThrowIf(RecipientRefusals.For(name, email, phone, employeeNumber, country));

        Name = name.Trim();
        Email = string.IsNullOrWhiteSpace(email) ? null : email.Trim().ToLowerInvariant();
        Phone = string.IsNullOrWhiteSpace(phone) ? null : phone.Trim();
        EmployeeNumber = string.IsNullOrWhiteSpace(employeeNumber) ? null : employeeNumber.Trim();
        Country = string.IsNullOrWhiteSpace(country) ? null : country.Trim().ToUpperInvariant();
    }
}

public static class RecipientRefusals
{
    public static Refusal? For(string? name, string? email, string? phone, string? employeeNumber, string? country = null) =>
        Each(name, email, phone, employeeNumber, country).FirstOrDefault();

    /// <summary>All that is wrong, one refusal a field, in the order of the form.</summary>
    public static IEnumerable<Refusal> Each(string? name, string? email, string? phone, string? employeeNumber, string? country) =>
        new[]
        {
            Refusals.ForText("Name", name, Recipient.NameMaxLength),
            Refusals.ForEmail("Email", "E-mail", email, Recipient.EmailMaxLength, required: false),
            string.IsNullOrWhiteSpace(phone) || IsE164(phone.Trim())
                ? null
                : new Refusal("recipient.phone", "Give the phone number with a plus and the country code, such as +919812345678.", "Phone"),
            Refusals.ForText("EmployeeNumber", "Employee number", employeeNumber, Recipient.EmployeeNumberMaxLength, required: false),
            string.IsNullOrWhiteSpace(country) || (country.Trim().Length == 2 && country.Trim().All(char.IsAsciiLetter))
                ? null
                : new Refusal("recipient.country", "Give the country as two letters, such as DE.", "Country"),
        }.OfType<Refusal>();

    private static bool IsE164(string phone) => phone.Length is >= 8 and <= 16 && phone[0] == '+' && phone.Skip(1).All(char.IsAsciiDigit);
}
