using Plum.Domain.Notifications;

namespace Plum.Portal.Notifications;

public static class OutboxRegistration
{
    public static IServiceCollection AddPlumMail(this IServiceCollection services, IConfiguration configuration)
    {
        var options = MailOptions.Of(configuration);
        services.AddSingleton(options).AddSingleton<OutboxSender>();
        return options.IsSandbox ? services.AddSingleton<IMailer, SandboxMailer>() : services.AddSingleton<IMailer, SmtpMailer>();
    }
}
