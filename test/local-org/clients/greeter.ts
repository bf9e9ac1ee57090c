import { apexClass, apexTrigger, manifest, type PackageFiles } from '../metadata/package-zip.ts';

export const greeterClass = `public class Greeter {
    public static void greet(List<Account> accounts) {
        for (Account one : accounts) {
            if (one.Description == null) {
                one.Description = 'Hello ' + one.Name;
            }
        }
    }
}
`;

export const greeterTest = `@IsTest
private class GreeterTest {
    @IsTest
    static void greetsWhoHasNoDescription() {
        insert new Account(Name = 'Jane');
        Assert.areEqual('Hello Jane', [SELECT Description FROM Account].Description);
    }
}
`;

export const failingTest = `@IsTest
private class GrumpyTest {
    @IsTest
    static void fails() {
        Assert.areEqual(1, 2, 'arithmetic');
    }
}
`;

export const greeterTrigger = `trigger GreetAccounts on Account (before insert) {
    Greeter.greet(Trigger.new);
}
`;

/** A package with a trigger, its class, and tests that pass, to which others may be added. */
export function greeterPackage(more: PackageFiles = {}, classes: readonly string[] = []): PackageFiles {
  return {
    'package.xml': manifest({ ApexClass: ['Greeter', 'GreeterTest', ...classes], ApexTrigger: ['GreetAccounts'] }),
    ...apexClass('Greeter', greeterClass),
    ...apexClass('GreeterTest', greeterTest),
    ...apexTrigger('GreetAccounts', greeterTrigger),
    ...more,
  };
}
