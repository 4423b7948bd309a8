using Microsoft.EntityFrameworkCore;
using Plum.Data.Access;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

/// <summary>What a form about a ticket offers to choose from.</summary>
public sealed class TicketForms(IDbContextFactory<PlumDbContext> contexts)
{
    private const int MostPeople = 500;

    public async Task<IReadOnlyList<ClientOption>> ClientsAsync(Actor by, CancellationToken ct)
    {
        if (by.PartnerId is not null)
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .Clients.Where(c => c.IsActive && (by.ClientId == null || c.Id == by.ClientId))
            .OrderBy(c => c.Name)
            .ThenBy(c => c.Id)
            .Select(c => new ClientOption(c.Id, c.Code, c.Name))
            .ToListAsync(ct);
    }

    public async Task<IReadOnlyList<ProgrammeOption>> ProgrammesAsync(Guid clientId, Actor by, CancellationToken ct)
    {
        if (!by.Sees(clientId))
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .Programmes.Where(p => p.ClientId == clientId && p.IsActive)
            .OrderBy(p => p.Name)
            .ThenBy(p => p.Id)
            .Select(p => new ProgrammeOption(p.Id, p.Name))
            .ToListAsync(ct);
    }

    public async Task<IReadOnlyList<CategoryChoice>> CategoriesAsync(Actor by, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return by.PartnerId is not null
            ? []
            : await db
                .Categories.Where(c => c.IsActive)
                .OrderBy(c => c.Name)
                .ThenBy(c => c.Id)
                .Select(c => new CategoryChoice(c.Id, c.Name, c.DefaultSeverity, c.FirstDisposition))
                .ToListAsync(ct);
    }

    public async Task<IReadOnlyList<DispositionChoice>> DispositionsAsync(Actor by, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return by.PartnerId is not null
            ? []
            : await db
                .Dispositions.Where(d => d.IsActive)
                .OrderBy(d => d.SortOrder)
                .ThenBy(d => d.Code)
                .Select(d => new DispositionChoice(d.Code, d.Label, d.Stage))
                .ToListAsync(ct);
    }

    /// <summary>Who may own a ticket of the client.</summary>
    public async Task<IReadOnlyList<OwnerOption>> OwnersAsync(Guid clientId, Actor by, CancellationToken ct)
    {
        if (!by.Sees(clientId) || !by.May(Act.WorkTickets))
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.AgentsFor(clientId)
            .OrderBy(u => u.DisplayName)
            .ThenBy(u => u.Id)
            .Take(MostPeople)
            .Select(u => new OwnerOption(u.Id, u.DisplayName))
            .ToListAsync(ct);
    }
}

public sealed record ClientOption(Guid Id, string Code, string Name);

public sealed record ProgrammeOption(Guid Id, string Name);

public sealed record OwnerOption(Guid Id, string Name);
