using Plum.Domain.Catalogue;
using Plum.Domain.Clients;
using Plum.Domain.Shared;

namespace Plum.Domain.Allocations;

/// <summary>Reads a phone number as it is dialled in a country.</summary>
public interface IPhoneReading
{
    /// <param name="country">ISO 3166-1 alpha-2, of whoever is called; null when nobody knows.</param>
    /// <returns>E.164; null when it is no number that can be in use.</returns>
    string? Read(string text, string? country);
}

/// <summary>What a row's reward may be, as the catalogue and the programme have it.</summary>
/// <param name="IsAllowed">Whether the programme may send it.</param>
public sealed record AllocationReward(
    Guid Id,
    string Code,
    string Name,
    string Country,
    string Currency,
    IReadOnlyList<long> Denominations,
    long MinValue,
    long MaxValue,
    bool IsActive,
    bool IsAllowed
);

[Flags]
public enum Barred
{
    None = 0,
    OptedOut = 1,
    Left = 2,
}

/// <summary>What rows are judged by, as it was when it was read.</summary>
/// <param name="Rules">Which rewards the programme may send.</param>
/// <param name="Period">Of rows without a reference: the same reward to the same person in the same period is once.</param>
public sealed record AllocationWorld(
    string ProgrammeCurrency,
    DeliveryChannel ProgrammeChannel,
    RewardRules Rules,
    string Period,
    IPhoneReading Phones
)
{
    /// <summary>By code, in any case; null is a code that the catalogue does not have. Whoever checks a row has looked its code up before.</summary>
    public Dictionary<string, AllocationReward?> Rewards { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>People of the client who may be sent nothing, by e-mail address, phone and employee number.</summary>
    public Dictionary<string, Barred> BarredByEmail { get; } = new(StringComparer.OrdinalIgnoreCase);
    public Dictionary<string, Barred> BarredByPhone { get; } = new(StringComparer.Ordinal);
    public Dictionary<string, Barred> BarredByEmployee { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Barred IsBarred(string? email, string? phone, string? employeeNumber) =>
        (email is null ? Barred.None : BarredByEmail.GetValueOrDefault(email))
        | (phone is null ? Barred.None : BarredByPhone.GetValueOrDefault(phone))
        | (employeeNumber is null ? Barred.None : BarredByEmployee.GetValueOrDefault(employeeNumber));
}

/// <summary>What a row says, once read. Good when <see cref="Faults"/> is empty.</summary>
public sealed class AllocationDraft
{
    public string? Key { get; set; }
    public string? Reference { get; set; }
    public string? Name { get; set; }
    public string? Email { get; set; }
    public string? Phone { get; set; }
    public string? EmployeeNumber { get; set; }
    public string? Country { get; set; }
    public string? Language { get; set; }
    public DeliveryChannel? Channel { get; set; }
    public Guid? RewardId { get; set; }
    public long Value { get; set; }
    public string? Currency { get; set; }
    public string? Message { get; set; }
    public List<AllocationFault>? Faults { get; private set; }

    public bool IsGood => Faults is null;

    public void Blame(AllocationFault fault) => (Faults ??= []).Add(fault);

    public Money Money => new(Value, Currency ?? Currencies.Points);
}
