using Plum.Domain.Shared;

namespace Plum.Domain.Sla;

/// <summary>A named set of working hours that clients share. Open tickets are reckoned again whenever it changes.</summary>
public sealed class BusinessCalendar : IVersioned
{
    public const int CodeMaxLength = 20;
    public const int NameMaxLength = 100;

    private BusinessCalendar() { } // EF Core

    public Guid Id { get; private init; }

    /// <summary>Short, unique, in capitals: <c>IN-OFFICE</c>; never changed.</summary>
    public string Code { get; private init; } = "";
    public string Name { get; private set; } = "";
    public CalendarHours Hours { get; private set; } = CalendarHours.AlwaysOpen();
    public int Version { get; private set; }

    public static BusinessCalendar Draw(string code, string name, CalendarHours hours)
    {
        RefusedException.ThrowIf(SlaRefusals.ForCode(code));
        var calendar = new BusinessCalendar { Code = code.Trim() };
        calendar.Change(name, hours);
        return calendar;
    }

    public static Refusal? CannotBe(string? name, CalendarHours hours) =>
        Refusals.ForText("Name", name, NameMaxLength) ?? CalendarRules.CannotCompile(hours);

    public void Change(string name, CalendarHours hours)
    {
        RefusedException.ThrowIf(CannotBe(name, hours));

        (Name, Hours) = (name.Trim(), hours);
    }

    public WorkingCalendar Compile() => new(Hours);
}
