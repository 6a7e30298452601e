package cloud.wuye.payment;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** The settings of a company's channel as they are seen: of secrets, fingerprints only. */
@Type("PaymentChannel")
@Description(
        "The settings of the company's payment channel. Secrets cannot be read back; fingerprints tell them apart.")
public record PaymentChannelView(
        @NonNull @Description("Which channel.") ChannelKind kind,
        @NonNull @Description("Whether new orders may be paid through it. Refunds and notices go on when it is off.")
                boolean enabled,
        @NonNull @Description("The app id (appid) of the mini-program or official account.") String appid,
        @NonNull @Description("The merchant number (mchid).") String merchantNo,
        @NonNull @Description("The serial number of the company's own certificate at the channel.")
                String merchantSerial,
        @NonNull @Description("Tells one APIv3 key from another.") String apiV3KeyFingerprint,
        @NonNull @Description("Tells one private key from another.") String merchantKeyFingerprint,
        @NonNull @Description("Names of the channel's public keys and certificates that are trusted.")
                List<@NonNull String> channelKeys,
        @NonNull @Description("The last test of exactly these settings.") TestedView test,
        @NonNull @Description("When they were last changed.") Instant updatedAt) {

    /** What the last test of exactly these settings met. */
    @Type("PaymentChannelTest")
    @Description("What the last test of exactly these settings met.")
    public record TestedView(
            @NonNull @Description("Whether it passed.") boolean passed,
            @Description("`OK`, or what went wrong; null when there was no test yet.") String outcome,
            @Description("When; null when there was no test yet.") Instant at) {}

    /** The settings as they are seen. */
    public static PaymentChannelView of(ChannelSettings settings) {
        return new PaymentChannelView(
                settings.kind(),
                settings.enabled(),
                settings.appId(),
                settings.merchantId(),
                settings.merchantSerial(),
                settings.apiV3KeyFingerprint(),
                settings.merchantKeyFingerprint(),
                settings.channelKeys().stream()
                        .map(ChannelSettings.ChannelKeyText::id)
                        .toList(),
                new TestedView(settings.passed(), settings.testOutcome(), settings.testedAt()),
                settings.updatedAt());
    }
}
