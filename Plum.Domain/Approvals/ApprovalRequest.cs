using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Plum.Domain.Shared;

namespace Plum.Domain.Approvals;

/// <summary>
/// One thing that somebody asks to be done with money. What is asked is frozen when it is made, and fingerprinted: a change is a new request,
/// linked to this one.
/// </summary>
public sealed partial class ApprovalRequest : IVersioned
{
    public const int TitleMaxLength = 300;
    public const int ReasonMaxLength = 1000;
    public const int ReasonCodeMaxLength = 40;
    public const int BeneficiaryMaxLength = 120;
    public const int BeneficiaryNameMaxLength = 300;
    public const int OpenKeyMaxLength = 120;
    public const int FingerprintLength = 64;
    public const int OutcomeMaxLength = 1000;
    public const int SupplierReferenceMaxLength = 200;

    private ApprovalRequest() { } // EF Core

    /// <summary>Allocated before the insert; people see it as <see cref="RequestReference"/>.</summary>
    public long Id { get; private init; }
    public RequestKind Kind { get; private init; }

    /// <summary>One line that says what: "Refund of INR 1,250.00 to J. Okafor for GFT-10293".</summary>
    public string Title { get; private init; } = "";
    public Money Amount { get; private init; }

    /// <summary>What the policy judged, in minor units: the amount with what this maker asked for this beneficiary in the 24 hours before.</summary>
    public long JudgedMinorUnits { get; private init; }
    public string Reason { get; private init; } = "";
    public string? ReasonCode { get; private init; }
    public Guid? ClientId { get; private init; }
    public Guid? PartnerId { get; private init; }
    public long? TicketId { get; private init; }
    public long? OrderId { get; private init; }
    public long? RecipientId { get; private init; }

    /// <summary>Whom it benefits, in one text for counting: <c>recipient:17</c>.</summary>
    public string Beneficiary { get; private init; } = "";
    public string BeneficiaryName { get; private init; } = "";
    public string? BeneficiaryEmail { get; private init; }
    public Guid MakerId { get; private init; }
    public string MakerName { get; private init; } = "";

    /// <summary>The roles that the maker held then.</summary>
    public string MakerRoles { get; private init; } = "";

    /// <summary>What is to be done, as the room that does it wrote it: JSON, never changed.</summary>
    public string Payload { get; private init; } = "";

    /// <summary>SHA-256 in hex over everything that was asked; see <see cref="FingerprintNow"/>.</summary>
    public string Fingerprint { get; private set; } = "";

    /// <summary>The limits and the band that answered, as they were then.</summary>
    public PolicySnapshot Policy { get; private init; } = null!;
    public int StepsNeeded { get; private init; }

    /// <summary>Each checker gives the code of the authenticator app once more.</summary>
    public bool AsksSecondFactor { get; private init; }
    public int StepsDone { get; private set; }
    public RequestState State { get; private set; }

    /// <summary>Unique while the request is open: one open correction of a kind per order. Null once it is final.</summary>
    public string? OpenKey { get; private set; }

    /// <summary>The one that this one replaces, and all who had a hand in either: none of them may decide.</summary>
    public long? ReplacesId { get; private init; }
    public IReadOnlyList<Guid> Hands { get; private init; } = [];
    public DateTime MadeAtUtc { get; private init; }
    public DateTime DueAtUtc { get; private set; }
    public DateTime ExpiresAtUtc { get; private init; }
    public DateTime? RemindedAtUtc { get; private init; }
    public DateTime? EndedAtUtc { get; private set; }
    public int Version { get; private set; }

    public static ApprovalRequest Make(
        long id,
        RequestTerms terms,
        PolicySnapshot policy,
        long judged,
        IReadOnlyList<Guid> hands,
        DateTime nowUtc
    )
    {
        var request = new ApprovalRequest
        {
            Id = id,
            Kind = terms.Kind,
            Title = terms.Title.Length <= TitleMaxLength ? terms.Title : $"{terms.Title[..(TitleMaxLength - 1)]}…",
            Amount = terms.Amount,
            JudgedMinorUnits = judged,
            Reason = terms.Reason.Trim(),
            ReasonCode = terms.ReasonCode,
            ClientId = terms.ClientId,
            PartnerId = terms.PartnerId,
            TicketId = terms.TicketId,
            OrderId = terms.OrderId,
            RecipientId = terms.RecipientId,
            Beneficiary = terms.Beneficiary.Key,
            BeneficiaryName = terms.Beneficiary.Name,
            BeneficiaryEmail = terms.Beneficiary.Email,
            MakerId = terms.Maker.UserId,
            MakerName = terms.Maker.Name,
            MakerRoles = terms.Maker.Roles,
            Payload = terms.Payload,
            Policy = policy,
            StepsNeeded = policy.Checkers,
            AsksSecondFactor = policy.AsksSecondFactor,
            State = policy.Checkers == 0 ? RequestState.Approved : RequestState.Pending,
            OpenKey = terms.OpenKey,
            ReplacesId = terms.ReplacesId,
            Hands = [.. hands.Append(terms.Maker.UserId).Distinct()],
            MadeAtUtc = nowUtc,
            DueAtUtc = nowUtc + RequestTimes.Due,
            ExpiresAtUtc = nowUtc + RequestTimes.Life,
            NextAttemptAtUtc = policy.Checkers == 0 ? nowUtc : null,
        };
        request.Fingerprint = request.FingerprintNow();
        return request;
    }

    /// <summary>What the fingerprint is, reckoned anew: differs from <see cref="Fingerprint"/> when a column was changed behind the portal's back.</summary>
    public string FingerprintNow()
    {
        string?[] parts =
        [
            Text(Id),
            Kind.ToString(),
            Text(Amount.MinorUnits),
            Amount.Currency,
            Text(JudgedMinorUnits),
            Reason,
            ReasonCode,
            ClientId?.ToString("n"),
            PartnerId?.ToString("n"),
            Text(TicketId),
            Text(OrderId),
            Text(RecipientId),
            Beneficiary,
            MakerId.ToString("n"),
            Payload,
            Text(StepsNeeded),
            Text(ReplacesId),
            MadeAtUtc.ToString("O", CultureInfo.InvariantCulture),
        ];
        var text = string.Join('\u001f', parts.Select(p => p ?? "")); // the unit separator
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}

/// <summary>How long things take. A request is due a working morning after it is made, reminds then, and dies after a week.</summary>
public static class RequestTimes
{
    public static readonly TimeSpan Due = TimeSpan.FromHours(4);
    public static readonly TimeSpan RemindEvery = TimeSpan.FromHours(24);
    public static readonly TimeSpan Life = TimeSpan.FromDays(7);
}

/// <summary>How people name a request: <c>REQ-1001</c>.</summary>
public static class RequestReference
{
    public const string Prefix = "REQ-";

    public static string Of(long id) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{id}");

    public static long? Parse(string? text) => Reference.Parse(Prefix, text);
}

/// <param name="Roles">As held then, in one text.</param>
public sealed record Maker(Guid UserId, string Name, string Roles);

/// <param name="Key">Equal for the same person or account.</param>
/// <param name="Email">Whoever signs in with it may not decide.</param>
public sealed record Beneficiary(string Key, string Name, string? Email = null)
{
    public static Beneficiary Recipient(long id, string name, string? email) =>
        new(string.Create(CultureInfo.InvariantCulture, $"recipient:{id}"), name, email);
}

/// <summary>All that is asked for.</summary>
public sealed record RequestTerms(
    RequestKind Kind,
    string Title,
    Money Amount,
    string Reason,
    string Payload,
    Maker Maker,
    Beneficiary Beneficiary,
    string? ReasonCode = null,
    Guid? ClientId = null,
    Guid? PartnerId = null,
    long? TicketId = null,
    long? OrderId = null,
    long? RecipientId = null,
    string? OpenKey = null,
    long? ReplacesId = null,
    bool NeverAlone = false,
    IReadOnlyList<Guid>? Hands = null
);
