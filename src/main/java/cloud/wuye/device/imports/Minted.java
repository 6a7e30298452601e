package cloud.wuye.device.imports;

import cloud.wuye.device.registry.CredentialHash;
import cloud.wuye.device.registry.Uids;

/**
 * A new device with its name on the wire and its login.
 *
 * @param secret null behind a gateway
 * @param hash of the secret, null behind a gateway
 */
record Minted(NewDevice device, String uid, String secret, CredentialHash hash) {
    static Minted of(NewDevice device) {
        String secret = device.logsIn() ? CredentialHash.newSecret() : null;
        return new Minted(device, Uids.next(), secret, secret == null ? null : CredentialHash.of(secret));
    }

    /** Secrets do not belong into logs. */
    @Override
    public String toString() {
        return "Minted[" + uid + "]";
    }
}
