namespace Plum.Domain.Demonstration;

/// <summary>What agents write, to recipients and among themselves.</summary>
internal static partial class Phrases
{
    public const string Acknowledgement =
        "Thank you for your message about {programme}. We have received it and will answer within our service times. You need not write again.";

    public static readonly string[] FirstReplies =
    [
        "Hello {first}, thank you for telling us. I have opened your order {order} and am checking with {brand} what happened. You will hear from me again.",
        "Dear {first}, I am sorry for the trouble with your {brand} reward. I have found the order and am looking into it now.",
        "Hi {first}, I can see the order from {date}. Let me find out where it got stuck; I will write as soon as I know more.",
        "Dear {name}, thank you for your patience. I have taken over your case and asked our supplier for the activation record.",
        "Hello {first}, sorry about this. I am checking the delivery log of {order} and will come back to you with a solution.",
        "Dear {first}, thank you for writing. This should not have happened, and I will see to it that it is put right.",
    ];

    public static readonly string[] ShortAnswers =
    [
        "Hello {first}, happy to help: the {brand} voucher can be used online and in shops, for as long as the date printed on it.",
        "Dear {first}, I have reset your access to {programme}. Please follow the link in the message that you have just received.",
        "Hi {first}, the next round of {programme} starts with the new month; you will get a message.",
        "Dear {first}, you may pass the voucher on; whoever has the code can use it, so keep it safe until then.",
    ];

    public static readonly string[] Questions =
    [
        "Hello {first}, to find it I need one more thing: is the e-mail address on your profile still the right one?",
        "Dear {first}, could you send me the exact words of the error, and whether it was online or in a shop?",
        "Hi {first}, please confirm the last four characters of the code and that you have not used any of it.",
        "Dear {name}, may I have your permission to cancel the old code? After that I can send you a new one.",
        "Hello {first}, could you tell me which branch it was, and the day? {brand} needs it to find the transaction.",
    ];

    public static readonly string[] Updates =
    [
        "Hello {first}, a short update: {brand} has confirmed the problem and is working on it. I will write as soon as it is solved.",
        "Dear {first}, our supplier has not answered yet. I have reminded them today and will keep at it.",
        "Hi {first}, your case has gone to our specialists. Nothing to do on your side.",
        "Dear {first}, thank you for your patience. I expect an answer from {supplier} within the next working day.",
    ];

    public static readonly string[] Resent =
    [
        "Hello {first}, I have sent the voucher again to the address that you confirmed. Please look for the sender 'rewards' in your inbox.",
        "Dear {first}, the message had bounced. It is on its way once more, and I can see that it was accepted this time.",
        "Hi {first}, the old code is cancelled and a new one for {value} is in your inbox.",
        "Dear {name}, a replacement has been issued and delivered. I am sorry that it took two attempts.",
    ];

    public static readonly string[] Fixed =
    [
        "Hello {first}, {brand} has activated the card ending {last4}. It works in shops and online from now on.",
        "Dear {first}, the block on your voucher has been lifted. Please try again and write if there is anything left.",
        "Hi {first}, the supplier has repaired the balance: {value} is available.",
        "Dear {first}, your account has been corrected. Thank you for letting us know.",
    ];

    public static readonly string[] RefundsAsked =
    [
        "Dear {first}, the order is being cancelled and {value} will go back the way that it was paid. This takes some working days.",
        "Hello {first}, since {brand} cannot honour the voucher we return {value} to you. I will confirm once it is booked.",
        "Hi {first}, I have asked for your refund of {value}. You will get a message when it is through.",
    ];

    public static readonly string[] RefundsDone =
    [
        "Dear {first}, the refund of {value} for {order} is confirmed. It may take your bank a day to show it.",
        "Hello {first}, {value} has been credited back. Thank you for your patience.",
    ];

    public static readonly string[] Declined =
    [
        "Dear {first}, {brand} has checked the transaction and can show that the voucher was used in full on {date}. We cannot replace it.",
        "Hello {first}, the voucher is within its printed terms, which do not allow an extension. I am sorry that I have no better news.",
    ];

    public static readonly string[] Notes =
    [
        "Delivery log: one attempt, soft bounce, no retry. Resending to the confirmed address.",
        "Called the recipient, no answer. Will try again in the afternoon.",
        "Code checked in the supplier's console: status ISSUED, balance full.",
        "Same batch as two others this week. Worth watching.",
        "Recipient was polite but has been waiting for a while, treat with priority.",
        "Checked the programme budget: order was paid in full.",
        "Recipient's number changed in the HR feed after the order was placed.",
        "Supplier console shows the activation failed with 'ISSUER_TIMEOUT'.",
        "Client's programme team informed; they had heard of it too.",
        "Asked {supplier} under their reference for the redemption trace.",
    ];

    public static readonly string[] SupplierNotes =
    [
        "{supplier}: redemption rejected, code not in their active range. Opened a case with them.",
        "{supplier} confirms that the batch of {date} was never activated. Waiting for their fix.",
        "{supplier} answers 'declined by issuer'. Asked for the reason code.",
        "Vendor portal says REJECTED-51. Escalated to their account manager.",
    ];

    public static readonly string[] EscalationNotes =
    [
        "Third contact in this case; needs somebody who can decide.",
        "Recipient threatens to complain to the client's board.",
        "Supplier does not answer the first line.",
        "Value above what the first line may put right.",
        "Possible misuse: for the specialists.",
    ];

    public static readonly string[] HandoverNotes =
    [
        "Taken over at the change of shift.",
        "Speaks the recipient's language.",
        "Colleague is on leave from tomorrow.",
        "Specialist for this supplier.",
    ];
}
