/** What tests share: the kit's servers and the resources that hand them to a {@code @QuarkusTest}. */
package cloud.wuye.testing;
