using System.Security.Cryptography;
using Plum.Data.Access;
using Plum.Domain.Shared;

namespace Plum.Portal.Access;

/// <summary>
/// At the start of a portal that nobody can sign in to: makes the administrator whom the configuration names, or writes into the log
/// where and with which code to set it up.
/// </summary>
public sealed class FirstAdministrator(
    AccountService accounts,
    SetupCode code,
    IConfiguration configuration,
    ILogger<FirstAdministrator> log
) : IHostedService
{
    private static readonly Actor Configuration = Actor.Job("configuration");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!await accounts.IsUnclaimedAsync(cancellationToken))
        {
            return;
        }

        var section = configuration.GetSection("Access:FirstAdministrator");
        if (section["Email"] is { Length: > 0 } email)
        {
            var name = section["Name"] is { Length: > 0 } given ? given : "Administrator";
            var command = new SetUpFirstAdministrator(name, email, section["Password"] ?? "");
            switch (await accounts.SetUpAsync(command, Configuration, cancellationToken))
            {
                case Outcome.Done:
                    log.LogInformation(
                        "The first administrator was made from Access:FirstAdministrator. Take the password out of the configuration."
                    );
                    return;
                case Outcome.Refused refused:
                    throw new InvalidOperationException($"Access:FirstAdministrator cannot be used: {refused.Why.Message}");
            }
        }

        log.LogWarning("Nobody can sign in yet. Open {Path} and give the setup code {Code}", AccountPaths.Setup, code.Value);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>
/// Proves that whoever sets the portal up can read its log: else the first to find a new portal would own it. Another at each start, unless
/// <c>Access:SetupCode</c> gives one, which several nodes need.
/// </summary>
public sealed class SetupCode(IConfiguration configuration)
{
    public string Value { get; } =
        configuration["Access:SetupCode"] is { Length: > 0 } given ? given : Convert.ToHexString(RandomNumberGenerator.GetBytes(8));

    public bool Is(string? text) =>
        CryptographicOperations.FixedTimeEquals(
            System.Text.Encoding.UTF8.GetBytes(Value.ToUpperInvariant()),
            System.Text.Encoding.UTF8.GetBytes((text ?? "").Trim().ToUpperInvariant())
        );
}
