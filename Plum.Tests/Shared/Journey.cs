namespace Plum.Tests.Shared;

/// <summary>What a person does in the real portal. Its pages are closed at its end, and of one that failed it is told where they stood.</summary>
public abstract class Journey(PortalFixture portal, Browser browser) : IAsyncDisposable
{
    protected PortalFixture Portal { get; } = portal;

    protected Browser Browser { get; } = browser;

    public async ValueTask DisposeAsync()
    {
        await Browser.CloseAsync(line => TestContext.Current.TestOutputHelper?.WriteLine(line));
        GC.SuppressFinalize(this);
    }
}
