using System.Text;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Imports;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Clients;
using Plum.Domain.Imports;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Tests.Shared;

namespace Plum.Tests.Imports;

public partial class ImportServiceTests
{
    private static async Task<long> ImportedAsync(PlumDatabase plum, Client client)
    {
        await plum.HasCategoryAsync();
        var number = await UploadedAsync(plum, client);
        await CheckedAsync(plum, number, Mapping);
        await CommittedAsync(plum, number);
        return number;
    }

    private static Task<long> UploadedAsync(PlumDatabase plum, Client client, string csv = Csv) =>
        UploadedAsync(plum, client, Encoding.UTF8.GetBytes(csv));

    private static async Task<long> UploadedAsync(PlumDatabase plum, Client client, byte[] bytes)
    {
        var outcome = await plum.Get<ImportService>()
            .UploadAsync(new UploadImport(client.Id, "history.csv"), new MemoryStream(bytes), PlumDatabase.Lead, default);
        return ImportReference.Parse(Assert.IsType<Outcome.Done>(outcome).Key)!.Value;
    }

    private static Task<Outcome> UploadAsync(PlumDatabase plum, Client client, string csv, Actor? by = null) =>
        plum.Get<ImportService>()
            .UploadAsync(
                new UploadImport(client.Id, "history.csv"),
                new MemoryStream(Encoding.UTF8.GetBytes(csv)),
                by ?? PlumDatabase.Lead,
                default
            );

    private static async Task<ImportCheck> CheckedAsync(PlumDatabase plum, long number, ImportMapping mapping)
    {
        var imports = plum.Get<ImportService>();
        var version = (await ViewAsync(plum, number)).Version;
        Assert.IsType<Outcome.Done>(await imports.MapAsync(new MapImport(number, version, mapping), PlumDatabase.Lead, default));
        version = (await ViewAsync(plum, number)).Version;
        Assert.IsType<Outcome.Done>(await imports.CheckAsync(number, version, PlumDatabase.Lead, null, default));
        return (await ViewAsync(plum, number)).Check!;
    }

    private static async Task CommittedAsync(PlumDatabase plum, long number)
    {
        var version = (await ViewAsync(plum, number)).Version;
        Assert.IsType<Outcome.Done>(
            await plum.Get<ImportService>().CommitAsync(new CommitImport(number, version), PlumDatabase.Lead, default)
        );
        Assert.Equal(1, await plum.Get<ImportWork>().RunDueAsync(default));
    }

    private static async Task UndoneAsync(PlumDatabase plum, long number)
    {
        var version = (await ViewAsync(plum, number)).Version;
        Assert.IsType<Outcome.Done>(await plum.Get<ImportService>().UndoAsync(new UndoImport(number, version), PlumDatabase.Lead, default));
        Assert.Equal(1, await plum.Get<ImportWork>().RunDueAsync(default));
    }

    private static async Task<ImportView> ViewAsync(PlumDatabase plum, long number) =>
        (await plum.Get<ImportService>().ViewAsync(number, PlumDatabase.Lead, default))!;

    private static async Task<string> RejectedAsync(PlumDatabase plum, long number)
    {
        using var reader = new StreamReader(
            plum.Get<ImportService>().Rejected(await ViewAsync(plum, number), PlumDatabase.Lead)!,
            Encoding.UTF8
        );
        return await reader.ReadToEndAsync();
    }

    private static async Task<Ticket> OneAsync(PlumDatabase plum, string reference)
    {
        await using var db = plum.Peek();
        return await db.Tickets.SingleAsync(t => t.SourceReference == reference);
    }

    private static async Task<List<string>> Audited(PlumDatabase plum)
    {
        await using var db = plum.Peek();
        return await db.AuditEntries.Where(a => a.Room == "Imports").OrderBy(a => a.Id).Select(a => a.What).ToListAsync();
    }

    private sealed class Once(Action then) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => then();
    }
}
