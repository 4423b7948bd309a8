using Plum.Domain.Tickets;

namespace Plum.Domain.Demonstration;

/// <summary>The canned replies that the demonstration starts with.</summary>
public static class MacroPhrases
{
    public static IReadOnlyList<(string Name, Trouble? About, WaitingOn? ThenWaitOn, string Body)> All { get; } =
    [
        (
            "Received, looking into it",
            null,
            null,
            "Dear {{recipient.name}},\n\nthank you for writing. I have opened {{ticket.reference}} and am looking into it now. You will hear from me again.\n\n{{agent.name}}\n{{client.name}} rewards"
        ),
        (
            "Confirm your e-mail address",
            Trouble.NotReceived,
            WaitingOn.Recipient,
            "Dear {{recipient.name}},\n\nbefore I send {{order.reference}} again: which e-mail address may I use for your {{order.brand}} reward?\n\n{{agent.name}}"
        ),
        (
            "Sent again",
            Trouble.NotReceived,
            null,
            "Dear {{recipient.name}},\n\nyour {{order.reward}} of {{order.value}} is on its way again. Please look in the spam folder too.\n\n{{agent.name}}"
        ),
        (
            "What does the error say?",
            Trouble.CodeInvalid,
            WaitingOn.Recipient,
            "Dear {{recipient.name}},\n\ncould you send me the exact words of the error, and tell me whether it was online or in a shop?\n\n{{agent.name}}"
        ),
        (
            "With the supplier",
            Trouble.DeclinedAtTill,
            WaitingOn.Supplier,
            "Dear {{recipient.name}},\n\n{{order.brand}} is checking why {{order.reference}} was declined. I will write as soon as they have answered.\n\n{{agent.name}}"
        ),
        (
            "Refund asked for",
            Trouble.Cancellation,
            null,
            "Dear {{recipient.name}},\n\nI have asked for the refund of {{order.value}} for {{order.reference}}. You will get a message once it is through.\n\n{{agent.name}}"
        ),
        (
            "Could not reproduce",
            null,
            WaitingOn.Recipient,
            "Dear {{recipient.name}},\n\nthe voucher of {{order.reference}} is active and unused on our side. Could you try once more, and tell me what you see?\n\n{{agent.name}}"
        ),
        (
            "Solved, closing",
            null,
            null,
            "Dear {{recipient.name}},\n\nI am glad that it works now and am closing {{ticket.reference}}. Answer this message within two weeks to open it again.\n\n{{agent.name}}"
        ),
    ];
}
