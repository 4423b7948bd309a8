using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;

namespace Plum.Data.Access;

/// <summary>
/// The keys that seal cookies, links and secrets, in the database, so that every node has the same. The framework's own repository saves
/// synchronously, which our context refuses.
/// </summary>
public sealed class KeyRing(IDbContextFactory<PlumDbContext> contexts) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = contexts.CreateDbContext();
        return [.. db.DataProtectionKeys.AsNoTracking().Select(k => k.Xml!).ToList().Select(XElement.Parse)];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var db = contexts.CreateDbContext();
        var xml = element.ToString(SaveOptions.DisableFormatting);
        db.Database.ExecuteSql($"INSERT INTO DataProtectionKeys (FriendlyName, Xml) VALUES ({friendlyName}, {xml})");
    }
}
