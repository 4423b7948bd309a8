using System.Globalization;
using Plum.Domain.Access;
using Plum.Domain.Notifications;

namespace Plum.Data.Access;

/// <summary>What Plum writes to people about their accounts.</summary>
internal static class AccountMail
{
    public static OutboxMessage Invitation(PlumUser user, string invitedBy, Uri portal, string token, DateTime now) =>
        Queue(
            user,
            $"access.invitation.{Guid.NewGuid():N}",
            "You are invited to Plum",
            $"""
            Hello {user.DisplayName},

            {invitedBy} has invited you to Plum, the portal for rewards and complaints.
            Choose a password here, within {SignInRules.InvitationLasts.TotalDays:0} days:

            {Link(portal, token)}

            If you did not expect this, do nothing: without a password the account opens for nobody.
            """,
            now,
            holdsSecret: true
        );

    public static OutboxMessage NewPassword(PlumUser user, Uri portal, string token, string key, DateTime now) =>
        Queue(
            user,
            key,
            "A new password for Plum",
            $"""
            Hello {user.DisplayName},

            somebody, we hope you, asked for a new password for this address.
            Choose it here, within {SignInRules.ResetLinkLasts.TotalHours:0} hours:

            {Link(portal, token)}

            If it was not you, do nothing: your password stays as it is.
            """,
            now,
            holdsSecret: true
        );

    /// <param name="what">As it completes "On your Plum account ...": "the password was changed".</param>
    public static OutboxMessage Changed(PlumUser user, string what, DateTime now) =>
        Queue(
            user,
            $"access.changed.{Guid.NewGuid():N}",
            $"On your Plum account {what}",
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                Hello {user.DisplayName},

                on your Plum account {what}, at {now:yyyy-MM-dd HH:mm} UTC.

                If that was not you, tell an administrator at once.
                """
            ),
            now
        );

    private static string Link(Uri portal, string token) => new Uri(portal, $"/account/set-password?token={token}").ToString();

    private static OutboxMessage Queue(PlumUser user, string key, string subject, string body, DateTime now, bool holdsSecret = false) =>
        OutboxMessage.Queue(OutboxKind.Email, key, user.Email!, subject, body, now, holdsSecret: holdsSecret);
}
