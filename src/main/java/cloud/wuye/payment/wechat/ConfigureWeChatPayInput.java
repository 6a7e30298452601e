package cloud.wuye.payment.wechat;

import cloud.wuye.payment.ChannelSettings.ChannelKeyText;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

/** A company's account at WeChat Pay. */
@Input("ConfigureWeChatPayInput")
@Description("The company's account at WeChat Pay, merchant directly connected, API v3.")
public record ConfigureWeChatPayInput(
        @NonNull @Pattern(regexp = "[0-9A-Za-z_-]{1,32}") @Description("The app id (appid).") String appid,
        @NonNull @Pattern(regexp = "[0-9]{6,32}") @Description("The merchant number (mchid).") String merchantNo,
        @NonNull
                @Pattern(regexp = "[0-9A-Fa-f]{8,64}")
                @Description("The serial number of the company's own API certificate, in hex.")
                String merchantSerial,
        @Size(min = 32, max = 32) @Description("The APIv3 key, 32 characters. Left out: the one that is there stays.")
                String apiV3Key,
        @Size(max = 8192)
                @Description("The company's private key (apiclient_key.pem), PKCS #8 in PEM. Left out: it stays.")
                String merchantKey,
        @NonNull
                @NotEmpty
                @Size(max = 5)
                @Valid
                @Description("All keys with which WeChat Pay may sign, the newest last; two while it changes them.")
                List<@NonNull ChannelKeyInput> channelKeys) {

    /** A key with which WeChat Pay signs. */
    @Input("WeChatPayKeyInput")
    @Description("A public key or certificate of WeChat Pay.")
    public record ChannelKeyInput(
            @NonNull
                    @Pattern(regexp = "PUB_KEY_ID_[0-9A-Za-z_]{1,64}|[0-9A-Fa-f]{8,64}")
                    @Description("`PUB_KEY_ID_…`, or the certificate's serial number in hex.")
                    String name,
            @NonNull @Size(max = 8192) @Description("The key or certificate in PEM.") String pem) {
        ChannelKeyText text() {
            return new ChannelKeyText(
                    name.startsWith(ChannelKey.PUBLIC_KEY_PREFIX) ? name : name.toUpperCase(java.util.Locale.ROOT),
                    pem);
        }
    }

    /** Without the secrets: this may end in a log. */
    @Override
    public String toString() {
        return "WeChat Pay account " + merchantNo;
    }
}
