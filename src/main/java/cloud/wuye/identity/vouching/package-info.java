/**
 * How the service vouches to a company's realm for who somebody is: assertions (RFC 7523) signed with a key of the
 * company's, the keys' life, and the door at which the realm reads them. {@code docs/adr} tells why it is so.
 *
 * <p>May use: platform, tenant, identity.realm.
 */
package cloud.wuye.identity.vouching;
