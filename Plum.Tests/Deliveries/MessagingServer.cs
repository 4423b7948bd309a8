using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plum.Portal.Deliveries;

namespace Plum.Tests.Deliveries;

/// <summary>A small provider on a real port that speaks Twilio's Messages.json and the WhatsApp Cloud API, with its own books, and fails when told to.</summary>
internal sealed class MessagingServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ServiceProvider _services;
    private readonly ConcurrentQueue<MessagingCall> _calls = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private MessagingServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(AnswerAsync);
        _services = new ServiceCollection()
            .AddHttpClient()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<ProviderCall>()
            .BuildServiceProvider();
    }

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public IReadOnlyList<MessagingCall> Calls => [.. _calls];

    public ProviderCall Caller => _services.GetRequiredService<ProviderCall>();

    /// <summary>Answers in place of the usual answer.</summary>
    public Func<HttpContext, Task>? Instead { get; set; }

    public static async Task<MessagingServer> StartAsync()
    {
        var server = new MessagingServer();
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Never answers; ends with the server.</summary>
    public Task SilenceAsync(HttpContext http) => _stopped.Task;

    public static Func<HttpContext, Task> Json(int status, string body, string? retryAfter = null) =>
        http =>
        {
            http.Response.StatusCode = status;
            http.Response.ContentType = "application/json";
            if (retryAfter is not null)
            {
                http.Response.Headers.RetryAfter = retryAfter;
            }

            return http.Response.WriteAsync(body);
        };

    private async Task AnswerAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        _calls.Enqueue(
            new MessagingCall(
                http.Request.Path,
                AuthenticationHeaderValue.Parse(http.Request.Headers.Authorization.ToString()),
                await reader.ReadToEndAsync()
            )
        );
        await (
            Instead
            ?? (
                http.Request.Path.Value!.EndsWith("/Messages.json", StringComparison.Ordinal)
                    ? Json(201, """{"sid":"SM0123456789","status":"queued","error_code":null}""")
                    : Json(200, """{"messaging_product":"whatsapp","messages":[{"id":"wamid.ABC"}]}""")
            )
        )(http);
    }

    public async ValueTask DisposeAsync()
    {
        _stopped.TrySetResult();
        await _app.DisposeAsync();
        await _services.DisposeAsync();
    }
}

internal sealed record MessagingCall(string Path, AuthenticationHeaderValue Authorization, string Body);
