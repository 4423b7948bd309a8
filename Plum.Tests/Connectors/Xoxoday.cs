using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plum.Domain.Connectors;
using Plum.Domain.Shared;
using Plum.Portal.Connectors;
using Plum.Tests.Shared;

namespace Plum.Tests.Connectors;

/// <summary>The gateway as the portal wires it, at a server of the test's own; and all that was logged by anything, at every level.</summary>
internal sealed class Xoxoday : IAsyncDisposable
{
    public const string WebhookKey = "hook-key-5d1e-never-guessed";

    public static readonly Guid Reward = Guid.Parse("0198c0de-0000-7000-8000-000000000001");

    public static readonly SupplierContact Jane = new("Jane Okafor", "jane@acme.example", "+447700900123");

    private readonly ServiceProvider _services;
    private readonly Kept _log = new();

    public Xoxoday(SupplierServer server, TimeSpan? patience = null, string token = SupplierServer.Token)
    {
        Options = new XoxodayOptions(
            server.Address,
            token,
            WebhookKey,
            patience ?? TimeSpan.FromSeconds(60),
            patience ?? TimeSpan.FromSeconds(60),
            new Dictionary<Guid, long> { [Reward] = 7002 }
        );
        _services = new ServiceCollection()
            .AddLogging(log => log.SetMinimumLevel(LogLevel.Trace).AddProvider(_log))
            .AddSingleton(TimeProvider.System)
            .AddSingleton(Options)
            .AddXoxoday()
            .BuildServiceProvider();
    }

    public XoxodayOptions Options { get; }

    public ISupplierGateway Gateway => _services.GetRequiredService<ISupplierGateway>();

    public IReadOnlyCollection<string> Log => _log.Lines;

    public static PlaceOrder Order(string reference = "REQ-1001.1", int quantity = 1) =>
        new(reference, "GIFTCO", "7001", new Money(25000, "INR"), quantity, Jane);

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private sealed class Kept : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            Lines.Enqueue(state.ToString() ?? "");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose() { }
    }
}
