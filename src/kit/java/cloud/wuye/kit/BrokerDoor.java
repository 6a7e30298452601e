package cloud.wuye.kit;

import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.async.Async;
import com.hivemq.extension.sdk.api.async.TimeoutFallback;
import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthOutput;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission;
import com.hivemq.extension.sdk.api.packets.auth.DefaultAuthorizationBehaviour;
import com.hivemq.extension.sdk.api.packets.auth.ModifiableDefaultPermissions;
import com.hivemq.extension.sdk.api.packets.connect.ConnackReasonCode;
import com.hivemq.extension.sdk.api.packets.connect.ConnectPacket;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The broker's door: the service comes in with its configured password, every other user is a device and the service is
 * asked about it. Everybody gets the literal topics that are theirs; everything else is refused.
 */
final class BrokerDoor implements ExtensionMain, SimpleAuthenticator {
    static final String SERVICE_USER = "wuye-service";

    /** Messages the service may have received and not yet acknowledged. */
    static final int SERVICE_WINDOW = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(BrokerDoor.class);
    private static final int DEVICE_WINDOW = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final byte[] servicePassword;
    private final DeviceCheck devices;

    BrokerDoor(String servicePassword, DeviceCheck devices) {
        this.servicePassword = servicePassword.getBytes(StandardCharsets.UTF_8);
        this.devices = devices;
    }

    @Override
    public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
        Services.securityRegistry().setAuthenticatorProvider(connection -> this);
    }

    @Override
    public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {
        // Nothing of ours outlives the broker.
    }

    @Override
    public void onConnect(SimpleAuthInput input, SimpleAuthOutput output) {
        ConnectPacket connect = input.getConnectPacket();
        String user = connect.getUserName().orElse("");
        byte[] password = connect.getPassword().map(BrokerDoor::bytes).orElse(new byte[0]);
        if (user.equals(SERVICE_USER)) {
            admitService(password, output);
        } else if (!user.matches("[A-Za-z0-9_.:-]{1,128}")) {
            refuse(output, connect.getClientId(), user, "no device has such a name");
        } else if (!ownsClientId(user, connect.getClientId())) {
            refuse(
                    output,
                    connect.getClientId(),
                    user,
                    "a device's client id is its user name, or begins with it and -");
        } else {
            ask(connect.getClientId(), user, password, output);
        }
    }

    private void admitService(byte[] password, SimpleAuthOutput output) {
        if (MessageDigest.isEqual(password, servicePassword)) {
            output.getClientSettings().setClientReceiveMaximum(SERVICE_WINDOW);
            admit(output, BrokerTopics.ofService());
        } else {
            refuse(output, "", SERVICE_USER, "wrong password");
        }
    }

    private void ask(String clientId, String user, byte[] password, SimpleAuthOutput output) {
        Async<SimpleAuthOutput> later =
                output.async(PATIENCE, TimeoutFallback.FAILURE, ConnackReasonCode.SERVER_UNAVAILABLE);
        devices.ask(user, new String(password, StandardCharsets.UTF_8), clientId)
                .whenComplete((answer, error) -> {
                    if (error != null) {
                        LOG.warn("device {} refused: the service could not be asked: {}", user, error.toString());
                        // Unlike a wrong password: the device should try again.
                        output.failAuthentication(ConnackReasonCode.SERVER_UNAVAILABLE);
                    } else if (answer.allowed()) {
                        output.getClientSettings()
                                .setClientReceiveMaximum(Math.min(
                                        DEVICE_WINDOW,
                                        output.getClientSettings().getClientReceiveMaximum()));
                        admit(output, BrokerTopics.ofDevice(user, answer));
                    } else {
                        refuse(output, clientId, user, "the service says no");
                    }
                    later.resume();
                });
    }

    // A client id is a session: whoever connects with another's throws it out.
    private static boolean ownsClientId(String user, String clientId) {
        return clientId.equals(user) || clientId.startsWith(user + "-");
    }

    private static void admit(SimpleAuthOutput output, List<TopicPermission> topics) {
        ModifiableDefaultPermissions permissions = output.getDefaultPermissions();
        permissions.setDefaultBehaviour(DefaultAuthorizationBehaviour.DENY);
        permissions.addAll(topics);
        output.authenticateSuccessfully();
    }

    private static void refuse(SimpleAuthOutput output, String clientId, String user, String reason) {
        LOG.info("refused user '{}' with client id '{}': {}", user, clientId, reason);
        output.failAuthentication(ConnackReasonCode.BAD_USER_NAME_OR_PASSWORD);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
