/** The example of the P1 companion standard 5.0.2, page 25: three phases and a gas meter at the M-Bus channel 1. */
export const dutch = String.raw`/ISk5\2MT382-1000

1-3:0.2.8(50)
0-0:1.0.0(101209113020W)
0-0:96.1.1(4B384547303034303436333935353037)
1-0:1.8.1(123456.789*kWh)
1-0:1.8.2(123456.789*kWh)
1-0:2.8.1(123456.789*kWh)
1-0:2.8.2(123456.789*kWh)
0-0:96.14.0(0002)
1-0:1.7.0(01.193*kW)
1-0:2.7.0(00.000*kW)
0-0:96.7.21(00004)
0-0:96.7.9(00002)
1-0:99.97.0(2)(0-0:96.7.19)(101208152415W)(0000000240*s)(101208151004W)(0000000301*s)
1-0:32.32.0(00002)
1-0:32.7.0(220.1*V)
1-0:52.7.0(220.2*V)
1-0:72.7.0(220.3*V)
1-0:31.7.0(001*A)
1-0:51.7.0(002*A)
1-0:71.7.0(003*A)
1-0:21.7.0(01.111*kW)
1-0:41.7.0(02.222*kW)
1-0:61.7.0(03.333*kW)
1-0:22.7.0(04.444*kW)
1-0:42.7.0(05.555*kW)
1-0:62.7.0(06.666*kW)
0-1:24.1.0(003)
0-1:96.1.0(3232323241424344313233343536373839)
0-1:24.2.1(101209112500W)(12785.123*m3)
!`;

/** A meter of one phase with gas, as it was recorded with its checksum (ESMR 5.0, Ene5 XS210). */
export const recorded = String.raw`/Ene5\XS210 ESMR 5.0

1-3:0.2.8(50)
0-0:1.0.0(171105201324W)
0-0:96.1.1(4530303437303030303037363330383137)
1-0:1.8.1(000051.775*kWh)
1-0:1.8.2(000000.000*kWh)
1-0:2.8.1(000024.413*kWh)
1-0:2.8.2(000000.000*kWh)
0-0:96.14.0(0001)
1-0:1.7.0(00.335*kW)
1-0:2.7.0(00.000*kW)
0-0:96.7.21(00003)
0-0:96.7.9(00001)
1-0:99.97.0(0)(0-0:96.7.19)
1-0:32.32.0(00002)
1-0:32.36.0(00000)
0-0:96.13.0()
1-0:32.7.0(229.0*V)
1-0:31.7.0(001*A)
1-0:21.7.0(00.335*kW)
1-0:22.7.0(00.000*kW)
0-1:24.1.0(003)
0-1:96.1.0(4730303538353330303031313633323137)
0-1:24.2.1(171105201000W)(00016.713*m3)
!8F46
`;

/** The example of Fluvius' e-MUCS P1 1.7.1, page 16: gas that is not temperature corrected, water, and the demand of the month. */
export const belgian = String.raw`/FLU5\253769484_A

0-0:96.1.4(50217)
0-0:1.0.0(200512135409S)
1-0:1.8.1(000000.034*kWh)
1-0:1.8.2(000015.758*kWh)
1-0:2.8.1(000000.000*kWh)
1-0:2.8.2(000000.011*kWh)
1-0:1.4.0(02.351*kW)
1-0:1.6.0(200509134558S)(02.589*kW)
0-0:98.1.0(3)(1-0:1.6.0)(1-0:1.6.0)(200501000000S)(200423192538S)(03.695*kW)(200401000000S)(200305122139S)(05.980*kW)
0-0:96.14.0(0001)
1-0:1.7.0(00.000*kW)
1-0:2.7.0(00.000*kW)
1-0:32.7.0(234.7*V)
1-0:31.7.0(000.00*A)
0-1:24.1.0(003)
0-1:24.4.0(1)
0-1:24.2.3(200512134558S)(00112.384*m3)
0-2:24.1.0(007)
0-2:24.2.1(200512134558S)(00872.234*m3)
!`;

/** A Luxembourgish meter gives its energy in sum (Luxembourg's specification of the P1 port, table of objects). */
export const luxembourgish = String.raw`/Lux5\253663629_D

1-3:0.2.8(42)
0-0:1.0.0(170309143021W)
1-0:1.8.0(000123.456*kWh)
1-0:2.8.0(000007.001*kWh)
1-0:1.7.0(00.512*kW)
1-0:2.7.0(00.000*kW)
!`;

/** A Swedish meter: its identification has a 9 where others have a 5 (Aidon 6534, as it was recorded, with the checksum added). */
export const swedish = `/ADN9 6534

0-0:1.0.0(221101214520W)
1-0:1.8.0(00006619.795*kWh)
1-0:2.8.0(00000000.000*kWh)
1-0:3.8.0(00003137.803*kVArh)
1-0:1.7.0(0000.345*kW)
1-0:2.7.0(0000.000*kW)
1-0:3.7.0(0000.000*kVAr)
1-0:21.7.0(0000.036*kW)
!`;

/** A gas meter that was replaced: channel 1 is the old one, channel 3 never got a reading, and channel 2 counts. */
export const replaced = `/KFM5KAIFA-METER

1-0:1.7.0(00.258*kW)
0-1:24.1.0(003)
0-1:24.2.1(180605090000S)(05225.708*m3)
0-2:24.1.0(003)
0-2:24.2.1(181105090000W)(00012.500*m3)
0-3:24.1.0(003)
0-3:24.2.1(632525252525S)(00000.000)
0-4:24.2.1(181105090000W)(00847.336*m3)
!`;

/** The bytes of a telegram, with the checksum of the standard worked out bit by bit where the text ends with "!". */
export function telegramBytes(text: string): readonly number[] {
  const bytes = [...text.replaceAll("\n", "\r\n")].map((letter) => letter.charCodeAt(0));
  if (!text.endsWith("!")) return bytes;
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc % 2 === 1 ? Math.floor(crc / 2) ^ 0xa001 : Math.floor(crc / 2);
  }
  const digits = crc.toString(16).toUpperCase().padStart(4, "0");
  return [...bytes, ...[...`${digits}\r\n`].map((letter) => letter.charCodeAt(0))];
}
