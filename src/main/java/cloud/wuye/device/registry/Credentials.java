package cloud.wuye.device.registry;

import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** The logins of devices: one each, the secret shown once, the hash kept. Works inside a unit of work. */
@ApplicationScoped
class Credentials {
    private final Clock clock;

    Credentials(Clock clock) {
        this.clock = clock;
    }

    /** Gives the device a new login in place of the one it may have. */
    Uni<IssuedCredential> issue(Device device) {
        String secret = CredentialHash.newSecret();
        return DeviceCredential.<DeviceCredential>findById(device.id).chain(known -> {
            DeviceCredential credential = known == null ? new DeviceCredential() : known;
            credential.deviceId = device.id;
            credential.tenantId = device.tenantId;
            credential.hash = CredentialHash.of(secret).text();
            credential.issuedAt = clock.now();
            return credential.<DeviceCredential>persist().replaceWith(new IssuedCredential(device.uid, secret));
        });
    }

    /** Takes the login away; a device without one cannot connect. */
    Uni<Void> revoke(Device device) {
        return DeviceCredential.deleteById(device.id).replaceWithVoid();
    }
}
