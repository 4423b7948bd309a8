using Plum.Domain.Access;

namespace Plum.Domain.Demonstration;

/// <summary>Who owns the demonstration's tickets: agents in five places. Two of them are the accounts that the sign-in page offers.</summary>
public static class Floor
{
    public static IReadOnlyList<FloorPerson> All { get; } =
    [
        new("ana.agent@plum.example", "Ana Agent", Role.Agent, "Europe/Berlin"),
        new("sam.senior@plum.example", "Sam Senior", Role.SeniorAgent, "Europe/London"),
        new("asha.raman@plum.example", "Asha Raman", Role.Agent, "Asia/Kolkata"),
        new("vikram.shetty@plum.example", "Vikram Shetty", Role.Agent, "Asia/Kolkata"),
        new("luciana.prado@plum.example", "Luciana Prado", Role.Agent, "America/Sao_Paulo"),
        new("joao.teles@plum.example", "João Teles", Role.Agent, "America/Sao_Paulo"),
        new("ciara.byrne@plum.example", "Ciara Byrne", Role.Agent, "Europe/London"),
        new("ben.okafor@plum.example", "Ben Okafor", Role.Agent, "Europe/London"),
        new("lena.fischer@plum.example", "Lena Fischer", Role.Agent, "Europe/Berlin"),
        new("tomasz.wilk@plum.example", "Tomasz Wilk", Role.Agent, "Europe/Berlin"),
        new("kenji.mori@plum.example", "Kenji Mori", Role.Agent, "Asia/Tokyo"),
        new("hannah.reid@plum.example", "Hannah Reid", Role.SeniorAgent, "Europe/London"),
        new("rohan.das@plum.example", "Rohan Das", Role.SeniorAgent, "Asia/Kolkata"),
    ];
}

public sealed record FloorPerson(string Email, string Name, Role Role, string TimeZoneId);
